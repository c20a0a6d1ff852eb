"""What an integrator owns: apps, portfolios, WhatsApp Business Accounts, numbers, subscriptions."""
