"""The Graph API itself: its versions, its hosts, its calls, and the features that it gives up."""
