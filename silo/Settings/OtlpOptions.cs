
namespace Actors.Silo.Settings;

/// <summary>Where traces and metrics go; the standard OTEL_EXPORTER_OTLP_ variables work too.</summary>
public sealed class OtlpOptions : ISettings
{
    /// <inheritdoc/>
    public static string Section => "Otlp";

    /// <summary>The collector, such as http://localhost:4317. Default: none, nothing is exported.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>grpc or httpprotobuf. Default: grpc.</summary>
    public OtlpProtocol Protocol { get; set; }

    /// <summary>Headers for the collector, <c>name=value</c> with commas. Default: none.</summary>
    public string? Headers { get; set; }
}

/// <summary>How telemetry travels.</summary>
public enum OtlpProtocol
{
    Grpc,
    HttpProtobuf,
}
