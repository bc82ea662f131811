"""What Scrapy's own commands load: newsloom's settings with the newsloom.toml of the folder they are called in."""

from crawler import settings
from crawler.config import load_config
from crawler.sites import all_sites

globals().update({name: getattr(settings, name) for name in dir(settings) if name.isupper()})
_config = load_config()
globals().update(settings.settings_for(_config, all_sites(_config)[0].values()))
LOG_LEVEL = "INFO"
