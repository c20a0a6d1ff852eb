"""The addresses of the project."""

from django.urls import path

from clinic import views

urlpatterns = [path("whatsapp/webhook/", views.webhook)]
