"""Workplaces: who belongs to them, in which role, and which policies they keep."""
