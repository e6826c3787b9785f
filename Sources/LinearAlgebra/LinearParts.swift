import EspalierThreading

/// Work on matrices, divided among threads.
///
/// BLAS and LAPACK run on one thread each: OpenBLAS divides even small matrices by the number of its threads, and how it
/// divides them decides the last bits of a result. The parts here follow from sizes alone, and no two write to the same
/// place, so that results do not depend on the number of threads. Accelerate keeps threads of its own.
enum LinearParts {
  /// The rows or columns of a part.
  static let size = 128

  /// Calls `body` with parts of `0 ..< count`, from several threads concurrently.
  static func forEach(_ count: Int, _ body: (Range<Int>) -> Void) {
    OpenBLAS.useOneThread()
    Threads.run((count + size - 1) / size) { part in body(part * size..<min((part + 1) * size, count)) }
  }
}
