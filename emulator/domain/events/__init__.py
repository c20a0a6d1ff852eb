"""What happens in a sandbox: one class for each event, with the facts that its consequences need.

:mod:`emulator.wire.webhooks.fields` has the webhooks that report each, :mod:`emulator.sandbox.consequences`
its line in the journal and the services that react to it.
"""
