"""What a person answers by rule: which message, with what, and after how long."""
