drop table read.parked;
drop table read.active;
drop table read.checkpoints;
