import EspalierTensors

/// Windows that slide over the spatial axes of a tensor, as in convolutions and pools.
///
/// Along each axis the window of output `o` covers the inputs `o stride - before + t dilation` for its taps `t`; those
/// outside of the input are padding.
package struct Windows: Hashable, Sendable {
  /// The windows along one axis.
  package struct Axis: Hashable, Sendable {
    /// The size of the input.
    package var size: Int
    /// The number of taps of a window.
    package var kernel: Int
    /// The distance between adjacent windows, in inputs.
    package var stride = 1
    /// The distance between adjacent taps, in inputs.
    package var dilation = 1
    /// The padding before the input.
    package var before = 0
    /// The padding after the input.
    package var after = 0
    /// The number of windows: the size of the output.
    package var count = 0

    /// The number of inputs from the first tap of a window to the last.
    package var reach: Int { (kernel - 1) * dilation + 1 }

    /// The input under tap `tap` of window `output`; outside of `0 ..< size` in the padding.
    package func input(_ output: Int, _ tap: Int) -> Int { output * stride - before + tap * dilation }

    /// The windows whose tap `tap` lies on the input.
    package func outputs(at tap: Int) -> Range<Int> {
      let offset = before - tap * dilation
      let first = max(0, (offset + stride - 1).quotientRoundedDown(by: stride))
      let end = min(count, (size - 1 + offset).quotientRoundedDown(by: stride) + 1)
      return first..<max(first, end)
    }
  }

  /// The windows along each spatial axis.
  package var axes: [Axis]

  /// The number of inputs over all spatial axes.
  package var inputCount: Int { Int.limitedProduct(axes.map(\.size)) }

  /// The number of windows.
  package var outputCount: Int { Int.limitedProduct(axes.map(\.count)) }

  /// The number of taps of a window.
  package var kernelCount: Int { Int.limitedProduct(axes.map(\.kernel)) }

  /// The output's spatial sizes.
  package var outputSizes: [Int] { axes.map(\.count) }

  /// Whether each window is the single input at its own position.
  package var isIdentity: Bool {
    axes.allSatisfy { $0.kernel == 1 && $0.stride == 1 && $0.before == 0 && $0.after == 0 }
  }
}

extension Int {
  /// `self / divisor` rounded down, for a positive divisor.
  fileprivate func quotientRoundedDown(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
