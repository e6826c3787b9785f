import EspalierOperators
import EspalierTensors

/// Copies a block of elements of any type from one layout to another.
package struct StridedCopy: Sendable {
  /// The layout of a block: the offset of its first element and the stride of each axis, in elements.
  package struct Layout: Sendable {
    package var offset = 0
    package var strides: [Int]

    /// A layout that begins at `offset`.
    package init(offset: Int = 0, _ strides: [Int]) {
      self.offset = offset
      self.strides = strides
    }
  }

  private let loop: StridedLoop
  private let offsets: (source: Int, target: Int)
  private let width: Int

  /// A copy of a block of `shape`, with elements of `width` bytes.
  ///
  /// The loops follow the memory order of the target, whatever the order of the axes.
  package init(_ shape: Shape, from source: Layout, to target: Layout, width: Int) {
    let axes = shape.indices.sorted { (abs(target.strides[$0]), $1) > (abs(target.strides[$1]), $0) }
    loop = StridedLoop(
      Shape(axes.map { shape[$0] }), strides: [source, target].map { layout in axes.map { layout.strides[$0] } })
    offsets = (source.offset, target.offset)
    self.width = width
  }

  /// Copies between blocks at these addresses.
  package func run(from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer) {
    switch width {
    case 1: run(source, target, UInt8.self)
    case 2: run(source, target, UInt16.self)
    case 4: run(source, target, UInt32.self)
    case 8: run(source, target, UInt64.self)
    default: run(source, target, (UInt64, UInt64).self)
    }
  }

  private func run<Element: BitwiseCopyable>(
    _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ type: Element.Type
  ) {
    let source = source.assumingMemoryBound(to: Element.self) + offsets.source
    let target = target.assumingMemoryBound(to: Element.self) + offsets.target
    let (stepSource, stepTarget) = (loop.step(0), loop.step(1))
    loop.forEachRun { _, count, places in
      let (source, target) = (source + places[0], target + places[1])
      if stepSource == 1, stepTarget == 1 {
        target.update(from: source, count: count)
      } else {
        for i in 0..<count { target[i * stepTarget] = source[i * stepSource] }
      }
    }
  }
}

extension StridedCopy {
  /// A copy of a value of `type`, which is not text, from one memory order to another.
  package init(_ type: TensorType, from source: AxisOrder, to target: AxisOrder) {
    self.init(
      type.shape, from: Layout(source.strides(of: type.shape)), to: Layout(target.strides(of: type.shape)),
      width: type.elementType.byteCount ?? 1)
  }
}
