import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierInputs
import EspalierOperators
import EspalierTensors

/// A classification network with its data: its first output is n x classes.
struct Classifier {
  let graph: Graph
  let adapter: InputAdapter
  let output: String
  let classCount: Int

  /// Checks that `graph` classifies the samples of `dataset`.
  ///
  /// - Throws: `EspalierError` if the data has no labels, or network and data do not fit.
  init(_ graph: Graph, on dataset: any Dataset) throws(EspalierError) {
    guard let output = graph.outputs.first else { throw EspalierError(.model, "the network", "has no outputs") }
    guard let labelCount = dataset.classCount else {
      throw EspalierError(
        .data, dataset.name, "has no labels",
        remedy: "give them behind a comma (inputs.npy,labels.npy), or a folder of images for each class")
    }
    let adapter = try InputAdapter(dataset, for: graph)
    let shape = try TypeInference(graph, feeds: adapter.feeds(count: 2)).types[output.name]?.shape ?? []
    guard shape.rank == 2, shape[1] >= labelCount else {
      throw EspalierError(
        .model, "output \"\(output.name)\"",
        "is \(shape) for two samples, and \(dataset.name) has \(labelCount) classes",
        remedy: "the output must be samples x classes")
    }
    self.graph = graph
    self.adapter = adapter
    self.output = output.name
    classCount = shape[1]
  }

  /// The types of a batch of `count` samples, of the greatest length if lengths differ.
  func feeds(count: Int) -> [String: TensorType] {
    adapter.feeds(count: count)
  }
}
