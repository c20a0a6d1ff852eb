"""Appointments of patients."""

from django.db import models


class Appointment(models.Model):
    phone = models.CharField(max_length=20)
    first_name = models.CharField(max_length=50)
    day = models.DateField()
    is_reminded = models.BooleanField(default=False)
    is_cancelled = models.BooleanField(default=False)
