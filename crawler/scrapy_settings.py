"""What Scrapy's own commands load: newsloom's settings with the newsloom.toml of the folder they are called in."""

from crawler import settings
from crawler.config import load_config

globals().update({name: getattr(settings, name) for name in dir(settings) if name.isupper()})
globals().update(settings.settings_for(load_config()))
LOG_LEVEL = "INFO"
