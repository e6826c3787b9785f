import Datasets
import Files
import Graph
import Operators
import Tensors

/// A network that tells classes apart, together with the data it is used on: one input, one output of n x classes.
struct Classifier {
  let graph: Graph
  let adapter: InputAdapter
  let output: String
  let classCount: Int

  /// Checks that `graph` classifies the samples of `dataset`.
  ///
  /// - Throws: `DataError` if the network has several inputs, the data no labels, or the two do not fit.
  init(_ graph: Graph, on dataset: any Dataset) throws {
    guard let feed = graph.feeds.first, graph.feeds.count == 1 else {
      throw DataError("the network", "has \(graph.feeds.count) inputs, and labelled data feeds exactly one")
    }
    guard let output = graph.outputs.first else { throw DataError("the network", "has no outputs") }
    guard let labelCount = dataset.classCount else {
      throw DataError(
        dataset.name, "has no labels",
        remedy: "give them behind a comma (inputs.npy,labels.npy), or a folder of images for each class")
    }
    let adapter = try InputAdapter(dataset, to: feed.name, dimensions: feed.dimensions?.map(\.size) ?? [])
    let type = TensorType(Shape([2] + adapter.sampleShape))
    let shape = try TypeInference(graph, feeds: [feed.name: type]).types[output.name]?.shape ?? []
    guard shape.rank == 2, shape[1] >= labelCount else {
      throw DataError(
        "output \"\(output.name)\"", "is \(shape) for two samples, and \(dataset.name) has \(labelCount) classes",
        remedy: "the output must be samples x classes")
    }
    self.graph = graph
    self.adapter = adapter
    self.output = output.name
    classCount = shape[1]
  }

  /// The type of a batch of `count` samples.
  func feeds(count: Int) -> [String: TensorType] {
    [adapter.input: TensorType(Shape([count] + adapter.sampleShape))]
  }
}
