"""The pages of referrals: the list of both sides, one referral with its thread, and the form that sends one."""
