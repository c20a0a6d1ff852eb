"""``whatsapp.clock.drives()``: the schedulers of an app, whose jobs are carried out as time passes."""
