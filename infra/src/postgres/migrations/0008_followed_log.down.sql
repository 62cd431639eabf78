drop table state.followed_log;
