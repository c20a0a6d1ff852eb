"""One universe and what can be done in it: state, time, services."""
