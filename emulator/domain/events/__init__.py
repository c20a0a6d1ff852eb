"""What happens in a sandbox: one class an event, with the facts that its consequences need.

:mod:`emulator.wire.webhooks.fields` has the webhooks that tell of each, :mod:`emulator.sandbox.consequences`
its line in the journal and the services that have something to do then.
"""
