import EspalierExecution
import EspalierTensors
import EspalierThreading

/// A ``StridedCopy`` divided along an axis among threads, if it is large enough.
struct StridedCopies {
  /// The number of elements below which another thread costs more than it saves.
  private static let least = 1 << 14

  private let parts: [StridedCopy]

  /// A copy of a block of `shape`, of elements of `width` bytes.
  init(_ shape: Shape, from source: StridedCopy.Layout, to target: StridedCopy.Layout, width: Int) {
    let axis = shape.firstIndex { $0 > 1 } ?? 0
    let size = shape.rank == 0 ? 1 : shape[axis]
    let count = max(1, min(Threads.count, size, shape.elementCount / Self.least))
    guard count > 1 else {
      parts = [StridedCopy(shape, from: source, to: target, width: width)]
      return
    }
    parts = (0..<count).map { part in
      let range = size * part / count..<size * (part + 1) / count
      func cut(_ layout: StridedCopy.Layout) -> StridedCopy.Layout {
        .init(offset: layout.offset + range.lowerBound * layout.strides[axis], layout.strides)
      }
      return StridedCopy(
        shape.replacing(axis: axis, with: range.count), from: cut(source), to: cut(target), width: width)
    }
  }

  /// Copies between blocks at these addresses.
  func run(from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer) {
    // Safe, because the parts do not overlap in memory.
    nonisolated(unsafe) let (source, target) = (source, target)
    Threads.run(parts.count) { parts[$0].run(from: source, to: target) }
  }
}
