"""Webhooks on their way to an integrator: deliveries, their attempts, and how they are spoilt on purpose."""
