import EspalierDatasets
import EspalierGraph
import EspalierInference

extension Graph {
  /// The inputs that data feeds, as data sees them.
  package var declaredInputs: [DeclaredInput] {
    feeds.map { input in
      DeclaredInput(
        input.name, input.elementType ?? .float32, dimensions: input.dimensions?.map(\.size) ?? [],
        layout: ImageLayout(channelAxis: channelAxis(ofInput: input.name)), samples: samples(of: input))
    }
  }

  /// Where an input has its samples: along its first axis, unless that has a fixed size while those of other inputs are
  /// open. Then it is the axis whose size is called as theirs, and without one the input is the same in every run, as a
  /// number always is.
  private func samples(of input: ValueInfo) -> SamplePlace {
    guard let dimensions = input.dimensions else { return .first }
    guard let first = dimensions.first else { return .none }
    guard first.size != nil, feeds.contains(where: \.leavesFirstAxisOpen) else { return .first }
    let batches = Set(feeds.filter(\.leavesFirstAxisOpen).compactMap { $0.dimensions?.first }.filter(\.isNamed))
    return dimensions.firstIndex { batches.contains($0) }.map(SamplePlace.axis) ?? SamplePlace.none
  }
}
