drop table state.data_keys;
