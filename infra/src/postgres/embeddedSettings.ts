/** Of the socket's name only: the server listens on no network address. */
export const embeddedPort = 5432;

/**
 * The whole configuration of the embedded server, written anew at each start.
 * Payloads must never reach its log: no statements, no parameters, and of errors (whose text may quote a value) none.
 */
export const embeddedSettings = (runFolder: string): string =>
  Object.entries({
    listen_addresses: '',
    port: embeddedPort,
    unix_socket_directories: runFolder.replaceAll('"', '""'),
    unix_socket_permissions: '0700',
    password_encryption: 'scram-sha-256',
    max_connections: 150,

    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',

    shared_buffers: '128MB',
    effective_cache_size: '512MB',
    work_mem: '4MB',
    maintenance_work_mem: '64MB',
    max_worker_processes: 4,
    max_parallel_workers: 2,
    max_parallel_workers_per_gather: 0,
    io_method: 'sync',
    jit: 'off',
    min_wal_size: '80MB',
    max_wal_size: '1GB',
    checkpoint_timeout: '15min',
    random_page_cost: 1.1,

    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_min_duration_statement: -1,
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
    log_checkpoints: 'off',
    log_autovacuum_min_duration: -1,
    log_lock_waits: 'off',
    log_line_prefix: '%m [%p] ',
  })
    .map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'\n`)
    .join('');
