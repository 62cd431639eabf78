drop table state.singletons;
