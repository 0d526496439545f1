"""What all tests share."""

from hypothesis import settings

# the time that one example takes says nothing on a busy machine
settings.register_profile("steady", deadline=None, max_examples=60)
settings.load_profile("steady")
