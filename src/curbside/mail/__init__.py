"""Letters out: to a console, or by SMTP."""
