"""The settings of the clinic's project, as in production but for the database."""

import os

SECRET_KEY = os.environ.get("SECRET_KEY", "only for tests")
ALLOWED_HOSTS = ["clinic.example.com"]
INSTALLED_APPS = ["clinic"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
SECURE_SSL_REDIRECT = True
ROOT_URLCONF = "clinic.urls"
WSGI_APPLICATION = "clinic.wsgi.application"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 3_500_000  # webhooks have up to 3 MB, and Django takes 2.5

WHATSAPP = {
    "token": os.environ["WHATSAPP_TOKEN"],
    "phone_number_id": os.environ["WHATSAPP_PHONE_NUMBER_ID"],
    "app_secret": os.environ["WHATSAPP_APP_SECRET"],
    "verify_token": os.environ["WHATSAPP_VERIFY_TOKEN"],
}
