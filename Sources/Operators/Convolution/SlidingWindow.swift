import Tensors

/// How a convolution walks over its input: which elements each output position reads.
///
/// Output position `q` reads, at tap `k`, the input position `q strides + k dilations - padsBefore`, axis by axis; positions
/// outside of the input read zero.
public struct SlidingWindow: Hashable, Sendable {
  /// The size of the kernel along each spatial axis.
  public var kernel: [Int]
  /// How far apart neighbouring output positions read.
  public var strides: [Int]
  /// How far apart neighbouring taps read.
  public var dilations: [Int]
  /// How much zero padding stands before each spatial axis.
  public var padsBefore: [Int]
  /// How much stands behind.
  public var padsAfter: [Int]

  /// A window of these settings, one number a spatial axis.
  public init(kernel: [Int], strides: [Int], dilations: [Int], padsBefore: [Int], padsAfter: [Int]) {
    self.kernel = kernel
    self.strides = strides
    self.dilations = dilations
    self.padsBefore = padsBefore
    self.padsAfter = padsAfter
  }

  /// How many elements of each channel an output position reads.
  public var tapCount: Int { kernel.reduce(1, *) }

  /// The output's spatial sizes for an input of these spatial sizes; none is negative.
  public func outputSizes(_ input: [Int]) -> [Int] {
    input.indices.map { axis in
      let reach = dilations[axis] * (kernel[axis] - 1) + 1
      return max(0, (input[axis] + padsBefore[axis] + padsAfter[axis] - reach) / strides[axis] + 1)
    }
  }

  /// For each tap (row-major) and each output position (row-major), the input position it reads; `nil` in the padding.
  public func positions(_ input: [Int]) -> [[Int?]] {
    let output = Shape(outputSizes(input))
    let inputStrides = Shape(input).strides
    return indices(of: Shape(kernel)).map { tap in
      indices(of: output).map { q in
        var position = 0
        for axis in input.indices {
          let place = q[axis] * strides[axis] + tap[axis] * dilations[axis] - padsBefore[axis]
          guard (0..<input[axis]).contains(place) else { return nil }
          position += place * inputStrides[axis]
        }
        return position
      }
    }
  }

  /// All indices into `shape`, in row-major order.
  private func indices(of shape: Shape) -> [[Int]] {
    shape.reduce(into: [[]]) { prefixes, size in
      prefixes = prefixes.flatMap { prefix in (0..<size).map { prefix + [$0] } }
    }
  }
}
