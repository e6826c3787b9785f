import EspalierDatasets
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// Points on either side of a line, 2 of every 3 in class 1.
func separablePoints(_ count: Int = 60) throws -> InMemoryDataset {
  var generator = SeededGenerator(seed: 4)
  var (points, labels) = ([Float](), [Int]())
  for i in 0..<count {
    let label = i % 3 == 0 ? 0 : 1
    let (x, y) = (Float(generator.normal()), Float(generator.normal()))
    points += [x, y + (y > 0 ? 1 : -1) * 0.3]
    labels.append(label)
    // The class is the side: moved there where the point is not.
    if (points[points.count - 1] > 0) != (label == 1) { points[points.count - 1].negate() }
  }
  return try InMemoryDataset(name: "points", inputs: Tensor(shape: [count, 2], points), labels: labels)
}

/// Two dense layers of random weights: 2 -> 8 -> 2.
func smallNetwork() -> Graph {
  var generator = SeededGenerator(seed: 5)
  func random(_ shape: Shape) -> Tensor {
    Tensor(shape: shape, (0..<shape.elementCount).map { _ in Float(generator.normal()) * 0.5 })
  }
  return Graph(
    nodes: [
      Node(Gemm.name, ["x", "w1", "b1"], ["h"]), Node(Relu.name, ["h"], ["r"]),
      Node(Gemm.name, ["r", "w2", "b2"], ["y"]),
    ], inputs: [ValueInfo("x", .float32, [.symbolic("n"), .fixed(2)])], outputs: [ValueInfo("y")],
    constants: ["w1": random([2, 8]), "b1": random([8]), "w2": random([8, 2]), "b2": random([2])])
}

/// A network whose outputs are its inputs.
func passThrough(_ classes: Int) -> Graph {
  Graph(
    nodes: [Node(Identity.name, ["x"], ["y"])], inputs: [ValueInfo("x", .float32, [.unknown, .fixed(classes)])],
    outputs: [ValueInfo("y")])
}
