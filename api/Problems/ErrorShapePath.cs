namespace Actors.Api.Problems;

/// <summary>Below this path errors have a shape of their own also where no route is found, such as for a wrong method.</summary>
/// <param name="Path">The beginning of the path, whole segments.</param>
/// <param name="Shape">The shape.</param>
internal sealed record ErrorShapePath(PathString Path, IErrorShape Shape);
