using System.Diagnostics;
using Actors.Silo.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Actors.Silo.Telemetry;

/// <summary>Traces and metrics by OTLP: the framework's own and ours (<c>Actors.*</c>), when a collector is named.</summary>
public static class OpenTelemetryExport
{
    private static readonly string[] StandardVariables =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    public static void AddTelemetry(this IHostApplicationBuilder builder, OtlpOptions otlp)
    {
        if (otlp.Endpoint is not null || StandardVariables.Any(name => !string.IsNullOrEmpty(builder.Configuration[name])))
        {
            builder.Services.AddSingleton<IHostedService, Exporter>();
        }
    }

    private sealed class Exporter(OtlpOptions otlp) : IHostedService
    {
        private TracerProvider? _traces;
        private MeterProvider? _metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var resource = ResourceBuilder.CreateDefault().AddService("actors", serviceVersion: ProgramVersion.Text);
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource("Microsoft.AspNetCore", "System.Net.Http", "Actors.*")
                .AddProcessor(new MaskingProcessor())
                .AddOtlpExporter(exporter => Apply(exporter, "v1/traces"))
                .Build();
            _metrics = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter("Microsoft.AspNetCore.*", "System.Net.Http", "System.Runtime", "Actors.*")
                .AddOtlpExporter((exporter, _) => Apply(exporter, "v1/metrics"))
                .Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            _traces?.Dispose();
            _metrics?.Dispose();
            return Task.CompletedTask;
        }

        /// <summary>What the settings leave out comes from the standard variables.</summary>
        private void Apply(OtlpExporterOptions exporter, string path)
        {
            if (otlp.Endpoint is null)
            {
                return;
            }

            exporter.Protocol = otlp.Protocol is OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
            exporter.Endpoint = otlp.Protocol is OtlpProtocol.Grpc ? otlp.Endpoint : new Uri(otlp.Endpoint.AbsoluteUri.TrimEnd('/') + "/" + path);
            if (otlp.Headers is not null)
            {
                exporter.Headers = otlp.Headers;
            }
        }
    }

    /// <summary>No key leaves the house in a trace.</summary>
    internal sealed class MaskingProcessor : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            data.SetTag("url.query", null);
            if (data.GetTagItem("url.path") is string path)
            {
                data.SetTag("url.path", Masking.Uuids(path));
            }

            if (data.GetTagItem("url.full") is string full)
            {
                data.SetTag("url.full", Masking.Uuids(full.Split('?')[0]));
            }
        }
    }
}
