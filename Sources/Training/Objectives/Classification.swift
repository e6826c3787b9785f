import EspalierDatasets
import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// Cross-entropy between a classifier's outputs and the smoothed labels.
struct Classification: Objective {
  private let classifier: Classifier
  private let loss: ClassificationLoss
  private let targets: String

  /// The objective of `classifier` with `loss`.
  init(_ classifier: Classifier, _ loss: ClassificationLoss) {
    self.classifier = classifier
    self.loss = loss
    var names = NameTable(of: classifier.graph)
    targets = names.take("targets")
  }

  var network: Graph { classifier.graph }
  var checksums: [String: UInt32] { ["network": network.checksum] }

  func loss(on network: Graph, batchSize: Int) throws(EspalierError) -> Loss {
    var builder = GraphBuilder(network)
    builder.declareInput(ValueInfo(targets, .float32, [.fixed(batchSize), .fixed(classifier.classCount)]))
    let value = builder.add(SoftmaxCrossEntropy.name, [classifier.output, targets], output: "loss")
    var feeds = classifier.feeds(count: batchSize)
    feeds[targets] = TensorType([batchSize, classifier.classCount])
    return Loss(graph: builder.graph, value: value, feeds: feeds)
  }

  func inputs(_ batch: Batch) -> [String: Tensor] {
    var inputs = classifier.adapter(batch)
    inputs[targets] = loss.targets(batch.labels ?? [], classCount: classifier.classCount)
    return inputs
  }
}
