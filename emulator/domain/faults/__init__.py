"""Faults: what is made to go wrong on purpose, where, on which occasions, and how often.

One vocabulary for the answers of the API and for webhooks: the tables of kinds, parameters and conditions.
"""
