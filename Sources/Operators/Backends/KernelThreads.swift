import Threading

/// The threads that kernels run on.
typealias Threads = Threading.Threads
