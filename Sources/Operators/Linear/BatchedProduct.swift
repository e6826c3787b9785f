import Graph
import Tensors

/// A product of batches of matrices, either of them transposed (attributes `transA`, `transB`); used by derivatives.
public enum BatchedProduct: Operator {
  /// `espalier::BatchedProduct`.
  public static let name: OperatorName = .own("BatchedProduct")

  private static func product(_ invocation: Invocation) throws -> MatrixProduct {
    let (a, b) = (try invocation.floatInput(0).shape, try invocation.floatInput(1).shape)
    guard a.rank >= 2, b.rank >= 2,
      let batch = Broadcasting.shape(Shape(Array(a.dropLast(2))), Shape(Array(b.dropLast(2))))
    else { throw invocation.error("cannot multiply \(a) by \(b)") }
    let (transposedA, transposedB) = (try invocation.flag("transA"), try invocation.flag("transB"))
    guard a[a.rank - (transposedA ? 2 : 1)] == b[b.rank - (transposedB ? 1 : 2)] else {
      throw invocation.error("cannot multiply \(a) by \(b), transposed or not as it asks")
    }
    return MatrixProduct(batch: batch, a, transposed: transposedA, b, transposed: transposedB)
  }

  /// The batch axes, rows and columns.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [TensorType(try product(invocation).resultShape)]
  }

  /// Rows times columns times the length summed over, for each of the batch.
  public static func cost(_ invocation: Invocation) throws -> Cost {
    Cost(macs: try product(invocation).macs)
  }

  /// Plain loops.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    MatrixProductKernel(try product(invocation))
  }
}

#if OneDNN
  extension BatchedProduct: OneDNNOperator {
    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      MatrixProductPrimitive(try product(invocation))
    }
  }
#endif
