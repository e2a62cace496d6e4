"""Every lunar mission, programme and partner fact with the source that states it."""
