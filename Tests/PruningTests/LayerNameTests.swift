import EspalierGraph
import EspalierPruning
import EspalierTensors
import Testing

/// The names by which people know layers, where an exporter invented those of nodes or tensors.
struct LayerNameTests {
  /// A perceptron whose first layer's node, weights and bias are called so; the second layer is plain.
  private func network(node: String, weights: String, bias: String) -> Graph {
    var networks = SmallNetworks()
    var graph = networks.multilayerPerceptron([4, 6, 3])
    for (old, new) in [("fc1.weight", weights), ("fc1.bias", bias)] {
      graph.constants[new] = graph.constants.removeValue(forKey: old)
    }
    graph.nodes[0].name = node
    graph.nodes[0].inputs = ["input", weights, bias]
    return graph
  }

  @Test(arguments: [
    ("Conv_12", "layer1.0.conv1.weight", "x", "layer1.0.conv1"),
    ("node_conv2d_3", "onnx::Gemm_7", "layer1.0.conv1.bias", "layer1.0.conv1"),
    ("/layer1/layer1.0/Gemm", "val_3", "layer1.0.conv1.bias", "layer1.0.conv1"),
    ("/layer1/layer1.0/conv1/Gemm", "onnx::Gemm_7", "onnx::Gemm_8", "layer1.0.conv1"),
    ("Conv_12", "onnx::Gemm_7", "onnx::Gemm_8", "Conv_12"),
    ("a", "model/dense_1/kernel:0", "b", "model/dense_1"),
    ("a", "model/dense/kernel/read", "b", "model/dense"),
    ("a", "conv2d_0.w_0", "b", "conv2d_0"), ("a", "fc.weight_quantized", "b", "fc"),
    ("a", "conv0_weight", "b", "conv0"),
    // What ends like a bias is none among weights, and no name is left of an ending alone.
    ("a", "branch_b", "z", "a"), ("a", ".weight", "z", "a"), ("a", "W", "b", "a"),
  ])
  func aGroupIsCalledAfterItsParameters(node: String, weights: String, bias: String, name: String) throws {
    let graph = network(node: node, weights: weights, bias: bias)
    #expect(try graph.pruningGroups().map(\.id) == [name, "fc2"])
    // The list of layers has both names.
    let layers = try Inspection(graph).layers
    #expect(layers.map(\.module) == [name, nil, "fc2"])
    #expect(layers.map(\.name) == [node, "relu1", "fc2"])
  }
}
