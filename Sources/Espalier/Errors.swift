import EspalierFiles

/// The one error of the library: a subject, a fault and a remedy in one sentence, and whose fault it is
/// (``EspalierError/kind``).
public typealias EspalierError = EspalierFiles.EspalierError
