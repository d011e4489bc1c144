"""Propositions about models, proved for all parameter values or refuted by one."""
