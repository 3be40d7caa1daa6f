/// A distribution of CloudFront before a bucket, as a template of CloudFormation.
///
/// CloudFront makes nothing of what a bucket says in `Vary`: a function chooses the form, and with it
/// the object, before the cache is asked. Source: the CloudFormation template reference; JavaScript
/// runtime 2.0 of CloudFront Functions.
enum CloudFrontTemplate {
  static func text(of index: ServedIndex) -> String {
    #"""
    # A Python package index of Larder in a bucket, behind CloudFront: a template of CloudFormation.
    # aws cloudformation deploy --stack-name larder --template-file index.yaml

    AWSTemplateFormatVersion: "2010-09-09"
    Description: A Python package index in a bucket, behind CloudFront.
    Parameters:
      Bucket:
        Type: String
        Default: "\#(index.bucket)"
    Resources:
      Request:
        Type: AWS::CloudFront::Function
        Properties:
          Name: {Fn::Sub: "${AWS::StackName}-request"}
          AutoPublish: true
          FunctionConfig:
            Comment: Forms of pages, and names as people write them.
            Runtime: cloudfront-js-2.0
          FunctionCode: |
    \#(function(index))
      Fields:
        Type: AWS::CloudFront::ResponseHeadersPolicy
        Properties:
          ResponseHeadersPolicyConfig:
            Name: {Fn::Sub: "${AWS::StackName}-fields"}
            SecurityHeadersConfig:
              ContentTypeOptions: {Override: true}
      FieldsOfForms:
        Type: AWS::CloudFront::ResponseHeadersPolicy
        Properties:
          ResponseHeadersPolicyConfig:
            Name: {Fn::Sub: "${AWS::StackName}-fields-of-forms"}
            CustomHeadersConfig:
              Items:
                - {Header: Vary, Value: Accept, Override: true}
            SecurityHeadersConfig:
              ContentTypeOptions: {Override: true}
      Access:
        Type: AWS::CloudFront::OriginAccessControl
        Properties:
          OriginAccessControlConfig:
            Name: {Fn::Sub: "${AWS::StackName}-access"}
            OriginAccessControlOriginType: s3
            SigningBehavior: always
            SigningProtocol: sigv4
      Policy:
        Type: AWS::S3::BucketPolicy
        Properties:
          Bucket: {Ref: Bucket}
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              # Who may not list a bucket is told 403 of what is not there: installers stop at that.
              - Effect: Allow
                Principal: {Service: cloudfront.amazonaws.com}
                Action: [s3:GetObject, s3:ListBucket]
                Resource:
                  - {Fn::Sub: "arn:${AWS::Partition}:s3:::${Bucket}"}
                  - {Fn::Sub: "arn:${AWS::Partition}:s3:::${Bucket}/*"}
                Condition:
                  StringEquals:
                    AWS:SourceArn:
                      Fn::Sub: "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}"
      Distribution:
        Type: AWS::CloudFront::Distribution
        Properties:
          DistributionConfig:
            Enabled: true
            HttpVersion: http2and3
            IPV6Enabled: true
            Origins:
              - Id: bucket
                DomainName: {Fn::Sub: "${Bucket}.s3.${AWS::Region}.${AWS::URLSuffix}"}
                OriginAccessControlId: {Ref: Access}
                S3OriginConfig: {OriginAccessIdentity: ""}
            DefaultCacheBehavior:
    \#(behavior("Fields", indent: "          "))
            CacheBehaviors:
              - PathPattern: "\#(index.prefix)simple/*"
    \#(behavior("FieldsOfForms", indent: "            "))
            CustomErrorResponses:
              - {ErrorCode: 403, ResponseCode: 404, ResponsePagePath: "\#(index.prefix)404.html", ErrorCachingMinTTL: 10}
              - {ErrorCode: 404, ResponseCode: 404, ResponsePagePath: "\#(index.prefix)404.html", ErrorCachingMinTTL: 10}
    Outputs:
      Index:
        Value: {Fn::Sub: "https://${Distribution.DomainName}\#(index.prefix)simple/"}

    """#
  }

  /// The cache policy is `CachingOptimized`, which Amazon manages: it keeps to `Cache-Control`.
  private static func behavior(_ fields: String, indent: String) -> String {
    """
    TargetOriginId: bucket
    ViewerProtocolPolicy: redirect-to-https
    Compress: true
    CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
    ResponseHeadersPolicyId: {Ref: \(fields)}
    FunctionAssociations:
      - EventType: viewer-request
        FunctionARN: {Fn::GetAtt: [Request, FunctionARN]}
    """.indented(by: indent)
  }

  private static func function(_ index: ServedIndex) -> String {
    #"""
    const root = '\#(index.prefix)';
    const json = /\#(slashed(ServedPages.json))/i;
    const noJSON = /\#(slashed(ServedPages.noJSON))/i;
    const lessJSON = /\#(slashed(ServedPages.lessJSON))/i;
    const fullHTML = /\#(slashed(ServedPages.fullHTML))/i;

    function handler(event) {
      const request = event.request;
      const path = request.uri;
      const place = placeOf(path);
      if (place !== path) return {statusCode: 301, headers: {location: {value: place}}};
      if (path.endsWith('/')) {
        const isSimple = path.startsWith(root + 'simple/');
        request.uri = path + (isSimple && likesJSON(request) ? 'index.v1_json' : 'index.html');
      }
      return request;
    }

    // JSON is for those who name it, unless they refuse it or like HTML more.
    function likesJSON(request) {
      const accept = request.headers.accept ? request.headers.accept.value : '';
      if (!json.test(accept) || noJSON.test(accept)) return false;
      return !(lessJSON.test(accept) && fullHTML.test(accept));
    }

    // Names as people write them: Foo_Bar is foo-bar. Pages are folders, legacy JSON is a file.
    function placeOf(path) {
      const parts = path.slice(root.length).split('/');
      if (!path.startsWith(root) || !/^(simple|pypi|project)$/.test(parts[0])) return path;
      if (parts.length === 2 && /^index\./.test(parts[1])) return path;
      const name = parts[1] || '';
      if (!/^([a-z0-9]([a-z0-9._-]*[a-z0-9])?)?$/i.test(name)) return path;
      if (name) parts[1] = name.toLowerCase().replace(/[-_.]+/g, '-');
      const last = parts[parts.length - 1];
      if (parts[0] === 'pypi') {
        if (last === '' && parts[parts.length - 2] === 'json') parts.pop();
      } else if (parts.length < 3 && last !== '') {
        parts.push('');
      }
      return root + parts.join('/');
    }
    """#.indented(by: "        ")
  }

  /// A pattern between slashes.
  private static func slashed(_ pattern: String) -> String { pattern.escaping(UInt8(ascii: "/")) }
}

extension String {
  /// Moves all lines but the empty ones to the right.
  fileprivate func indented(by indent: String) -> String {
    utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : indent + String(decoding: $0, as: UTF8.self) }
      .joined(separator: "\n")
  }
}
