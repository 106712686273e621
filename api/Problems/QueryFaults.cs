using System.Globalization;
using Microsoft.AspNetCore.Http.Metadata;

namespace Actors.Api.Problems;

/// <summary>Which parameter of the address is not what its route takes: the framework refuses it without saying so.</summary>
internal static class QueryFaults
{
    /// <summary>A sentence, or null when none is at fault.</summary>
    public static string? Of(HttpContext http)
    {
        var names = http.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
            .Where(parameter => Nullable.GetUnderlyingType(parameter.ParameterInfo.ParameterType) == typeof(int)
                && http.Request.Query[parameter.Name] is { Count: > 0 } given
                && !int.TryParse(given.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
            .Select(parameter => parameter.Name)
            .ToList();
        return names is { Count: > 0 } ? $"{string.Join(", ", names)} must be a whole number." : null;
    }
}
