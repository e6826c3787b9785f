import EspalierTensors

/// Windows that slide over the spatial axes of a tensor: what convolutions and pools have in common.
///
/// Along each axis the window of output `o` covers the inputs `o stride - before + t dilation` for its taps `t`; those
/// outside of the input are padding.
package struct Windows: Hashable, Sendable {
  /// How windows slide along one axis.
  package struct Axis: Hashable, Sendable {
    /// Elements of the input.
    package var size: Int
    /// Taps of a window.
    package var kernel: Int
    /// How many inputs the next window lies further on.
    package var stride = 1
    /// How many inputs neighbouring taps lie apart.
    package var dilation = 1
    /// Padding in front of the input.
    package var before = 0
    /// Padding behind the input.
    package var after = 0
    /// Windows, that is, elements of the output.
    package var count = 0

    /// How many inputs a window reaches over.
    package var reach: Int { (kernel - 1) * dilation + 1 }

    /// The input under tap `tap` of window `output`; outside of `0 ..< size` where that is padding.
    package func input(_ output: Int, _ tap: Int) -> Int { output * stride - before + tap * dilation }

    /// The windows whose tap `tap` lies on the input.
    package func outputs(at tap: Int) -> Range<Int> {
      let offset = before - tap * dilation
      let first = max(0, (offset + stride - 1).quotientRoundedDown(by: stride))
      let end = min(count, (size - 1 + offset).quotientRoundedDown(by: stride) + 1)
      return first..<max(first, end)
    }
  }

  /// One for each spatial axis.
  package var axes: [Axis]

  /// Elements of the input's spatial axes together.
  package var inputCount: Int { axes.reduce(1) { $0 * $1.size } }

  /// Windows.
  package var outputCount: Int { axes.reduce(1) { $0 * $1.count } }

  /// Taps of a window.
  package var kernelCount: Int { axes.reduce(1) { $0 * $1.kernel } }

  /// The output's spatial sizes.
  package var outputSizes: [Int] { axes.map(\.count) }

  /// Whether each window is the one input at its own place.
  package var isIdentity: Bool {
    axes.allSatisfy { $0.kernel == 1 && $0.stride == 1 && $0.before == 0 && $0.after == 0 }
  }
}

extension Int {
  /// The largest whole number not above `self / divisor`, for a divisor above 0.
  fileprivate func quotientRoundedDown(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
