from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("phone", models.CharField(max_length=20)),
                ("first_name", models.CharField(max_length=50)),
                ("day", models.DateField()),
                ("is_reminded", models.BooleanField(default=False)),
                ("is_cancelled", models.BooleanField(default=False)),
            ],
        )
    ]
