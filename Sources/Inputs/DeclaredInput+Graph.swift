import EspalierDatasets
import EspalierGraph
import EspalierInference

extension Graph {
  /// The inputs that data feeds, as data sees them.
  package var declaredInputs: [DeclaredInput] {
    feeds.map { input in
      DeclaredInput(
        input.name, input.elementType ?? .float32, dimensions: input.dimensions?.map(\.size) ?? [],
        layout: ImageLayout(channelAxis: channelAxis(ofInput: input.name)))
    }
  }
}
