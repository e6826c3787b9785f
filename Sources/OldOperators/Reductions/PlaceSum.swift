import Tensors

/// The sum over the places of each channel of a tensor that lies channels last, times a factor: over all samples, or of each.
struct PlaceSum: Kernel {
  private let samples: Int
  private let rows: Int
  private let channels: Int
  private let factor: Float

  /// The sum of a tensor of shape `input` to `target`; `nil` where that is neither one number for each channel nor one for each
  /// channel of each sample.
  init?(of input: Shape, to target: Shape, factor: Float = 1) {
    let kept = target.extended(to: input.rank)
    guard input.rank > 2, kept[1] == input[1], kept.dropFirst(2).allSatisfy({ $0 == 1 }), input.elementCount > 0,
      kept[0] == 1 || kept[0] == input[0]
    else { return nil }
    (samples, channels, self.factor) = (kept[0], input[1], factor)
    rows = input.elementCount / samples / channels
  }

  func run(_ operands: Operands) {
    let (source, target) = (operands.inputs[0]!.floats.baseAddress!, operands.outputs[0].floats.baseAddress!)
    let sums = ChannelSums(rows: rows, channels: channels)
    for sample in 0..<samples {
      let (source, target) = (source + sample * rows * channels, target + sample * channels)
      sums.add(into: target) { row, sums in
        let row = source + row * channels
        for i in 0..<channels { sums[i] += row[i] }
      }
      for i in 0..<channels { target[i] *= factor }
    }
  }
}

#if OneDNN
  extension SumToShape: OneDNNOperator {
    /// Whether the sum is over samples alone, place by place.
    private static func addsSamples(_ invocation: Invocation) throws -> Bool {
      let (input, target) = (try invocation.input(0).shape, invocation.outputs[0].shape)
      return input.rank == target.rank && input.sizes.dropFirst() == target.sizes.dropFirst()
    }

    static func layout(_ invocation: Invocation) throws -> LayoutRule {
      let sum = PlaceSum(of: try invocation.input(0).shape, to: invocation.outputs[0].shape)
      return LayoutRule(try sum == nil && !addsSamples(invocation) ? .plain : .any)
    }

    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      if order == .plain { return nil }
      if try addsSamples(invocation) { return try kernel(invocation.asLying(in: order)) }
      return PlaceSum(of: try invocation.input(0).shape, to: invocation.outputs[0].shape)
    }
  }

  extension Reduction where Self: OneDNNOperator {
    fileprivate static func placeSum(_ invocation: Invocation) throws -> PlaceSum? {
      guard try invocation.input(0).elementType == .float32 else { return nil }
      let reduced = try ReducedAxes(invocation)
      return PlaceSum(of: try invocation.input(0).shape, to: reduced.kept, factor: factor(count: reduced.count))
    }

    static func layout(_ invocation: Invocation) throws -> LayoutRule {
      LayoutRule(try placeSum(invocation) == nil ? .plain : .any)
    }

    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      order == .plain ? nil : try placeSum(invocation)
    }
  }

  extension ReduceSum: OneDNNOperator {}
  extension ReduceMean: OneDNNOperator {}

  extension GlobalAveragePool: OneDNNOperator {
    static func layout(_ invocation: Invocation) throws -> LayoutRule { LayoutRule(.any) }

    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      let (shape, result) = (try invocation.input(0).shape, invocation.outputs[0].shape)
      guard order == .channelsLast else { return nil }
      return PlaceSum(of: shape, to: result, factor: 1 / Float(shape.dropFirst(2).reduce(1, *)))
    }
  }
#endif
