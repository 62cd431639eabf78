drop table state.refresh_tokens;
drop table state.sessions;
drop table state.codes;
drop table state.accounts;
