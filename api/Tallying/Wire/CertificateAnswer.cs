using System.Collections.Immutable;
using System.Text.Json;
using Actors.Tallying;
using Actors.Tallying.Certificates;

namespace Actors.Api.Tallying.Wire;

/// <summary>Certificates as readers and the staff get them.</summary>
internal static class CertificateAnswer
{
    /// <summary>A page of the changes feed; data only for readers that may hold it before scanning.</summary>
    public static void WritePage(Utf8JsonWriter json, CertificateChanges changes, bool withData)
    {
        json.WriteString("cursor", Cursors.Format(changes.Cursor, kind: 'c'));
        json.WriteBoolean("more", changes.More);
        json.WriteStartArray("certificates");
        foreach (var change in changes.Certificates)
        {
            json.WriteStartObject();
            json.WriteString("certificate", change.Id);
            json.WriteBoolean("revoked", change.Revoked);
            json.WriteNumber("version", change.Version);
            json.WriteTime("validityStart", change.ValidityStart);
            json.WriteTime("validityEnd", change.ValidityEnd);
            if (withData)
            {
                json.WriteStartObject("data");
                WriteTexts(json, change.Data);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>One certificate as a reader may see it.</summary>
    public static void WriteForReader(Utf8JsonWriter json, CertificateInfo certificate)
    {
        json.WriteString("certificate", certificate.Id);
        json.WriteStartObject("data");
        WriteTexts(json, certificate.Data);
        json.WriteEndObject();
        json.WriteTime("validityStart", certificate.ValidityStart);
        json.WriteTime("validityEnd", certificate.ValidityEnd);
        json.WriteBoolean("revoked", certificate.Revoked);
        json.WriteNumber("version", certificate.Version);
    }

    /// <summary>One certificate as the staff sees it, in the names of the seed.</summary>
    public static void WriteForStaff(Utf8JsonWriter json, CertificateInfo certificate, string qrCodeUrl)
    {
        json.WriteString("uuid", certificate.Id);
        json.WriteString("qrcode_url", qrCodeUrl);
        json.WriteString("qrcode_text", certificate.QrText);
        json.WriteStartObject("data");
        WriteTexts(json, certificate.Data);
        json.WriteEndObject();
        json.WriteStartObject("metadata");
        WriteTexts(json, certificate.Metadata);
        json.WriteEndObject();
        json.WriteTime("validity_start", certificate.ValidityStart);
        json.WriteTime("validity_end", certificate.ValidityEnd);
        json.WriteBoolean("revoked", certificate.Revoked);
        json.WriteNumber("version", certificate.Version);
        json.WriteString("code", ShortCode.Format(ShortCode.Of(certificate.Id)));
    }

    public static void WriteTexts(Utf8JsonWriter json, ImmutableArray<TextPair> texts)
    {
        foreach (var (key, value) in texts)
        {
            json.WriteString(key, value);
        }
    }
}
