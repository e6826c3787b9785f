import EspalierTensors
import Testing

/// Every shape of up to three axes of sizes 0 ... 3.
let smallShapes: [Shape] = (0...3).flatMap { rank in
  (0..<(0..<rank).reduce(1) { product, _ in product * 4 }).map { code in
    Shape((0..<rank).map { (code >> (2 * $0)) & 3 })
  }
}

@Suite struct ShapeTests {
  @Test(arguments: smallShapes)
  func stridesCountEveryElementOnce(shape: Shape) {
    var index = [Int](repeating: 0, count: shape.rank)
    for position in 0..<shape.elementCount {
      #expect(zip(index, shape.strides).map { $0 * $1 }.reduce(0, +) == position)
      for axis in shape.indices.reversed() {
        index[axis] += 1
        if index[axis] < shape[axis] { break }
        index[axis] = 0
      }
    }
  }

  @Test(arguments: [[-1], [2, -3], [Int.max, 2], [1 << 40, 1 << 40], [Int.max, Int.max, 0], [Int.max / 8]])
  func impossibleSizesAreRefused(sizes: [Int]) {
    #expect(Shape(checking: sizes) == nil)
  }

  @Test func countsAreLimited() {
    #expect(Shape([1 << 40, 1 << 40]).elementCount == .max)
    #expect(Shape([1 << 40, 1 << 40, 0]).elementCount == 0)
    #expect(Shape([0, 1 << 40, 1 << 40]).strides == [.max, 1 << 40, 1])
    #expect(Int.limitedProduct(3, 4, 5) == 60 && Int.limitedSum([.max, 1]) == .max && Int.limitedSum([1, 2]) == 3)
  }

  @Test func possibleSizesAreTaken() {
    #expect(Shape(checking: [])?.elementCount == 1)
    #expect(Shape(checking: [0, Int.max >> 5])?.elementCount == 0)
    #expect(Shape(checking: [3, 4]) == [3, 4])
  }

  @Test func negativeAxesCountFromTheEnd() {
    let shape: Shape = [2, 3, 4]
    #expect([-4, -3, -1, 0, 2, 3].map { shape.resolve(axis: $0) } == [nil, 0, 2, 0, 2, nil])
    #expect(shape.replacing(axis: 1, with: 9) == [2, 9, 4])
    #expect("\(shape), \(Shape([]))" == "2 x 3 x 4, scalar")
  }
}
